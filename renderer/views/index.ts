import { Activity, Boxes, FileCheck2, FileText, FolderOpen, ListTree, Rows3, Settings, TriangleAlert } from 'lucide-react';
import type { View } from './view.ts';

/** VIEW REGISTRY: every screen, in the order of the rail. */
export const views = [
  {
    id: 'overview',
    title: 'Overview',
    icon: Activity,
    keys: 'mod+1',
    needsCase: true,
    load: async () => (await import('./overview/view.tsx')).OverviewView,
  },
  {
    id: 'evidence',
    title: 'Evidence',
    icon: FileCheck2,
    keys: 'mod+2',
    needsCase: true,
    load: async () => (await import('./evidence/view.tsx')).EvidenceView,
  },
  {
    id: 'calls',
    title: 'Calls',
    icon: Rows3,
    keys: 'mod+3',
    needsCase: true,
    load: async () => (await import('./calls/view.tsx')).CallsView,
  },
  {
    id: 'chains',
    title: 'Chains',
    icon: ListTree,
    keys: 'mod+4',
    needsCase: true,
    load: async () => (await import('./chains/view.tsx')).ChainsView,
  },
  {
    id: 'inventory',
    title: 'Inventory',
    icon: Boxes,
    keys: 'mod+5',
    needsCase: true,
    load: async () => (await import('./inventory/view.tsx')).InventoryView,
  },
  {
    id: 'findings',
    title: 'Findings',
    icon: TriangleAlert,
    keys: 'mod+6',
    needsCase: true,
    load: async () => (await import('./findings/view.tsx')).FindingsView,
  },
  {
    id: 'report',
    title: 'Report',
    icon: FileText,
    keys: 'mod+7',
    needsCase: true,
    load: async () => (await import('./report/view.tsx')).ReportView,
  },
  {
    id: 'start',
    title: 'Cases',
    icon: FolderOpen,
    keys: 'mod+8',
    needsCase: false,
    load: async () => (await import('./start/view.tsx')).StartView,
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: Settings,
    keys: 'mod+,',
    needsCase: false,
    load: async () => (await import('./settings/view.tsx')).SettingsView,
  },
] as const satisfies readonly View[];
