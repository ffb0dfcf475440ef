import './view.css';
import { Appearance } from './appearance.tsx';
import { KeySettings } from './key-settings.tsx';
import { LicenceTable } from './licence-table.tsx';
import { LimitTable } from './limit-table.tsx';

/** Settings: how the window looks, its keys, every limit of the product, and what it is made of. They hold on this machine and are part of no case. */
export function SettingsView() {
  return (
    <div className="view">
      <div className="view-scroll settings">
        <Appearance />
        <KeySettings />
        <LimitTable />
        <LicenceTable />
      </div>
    </div>
  );
}
