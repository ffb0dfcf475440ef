import './view.css';
import { Appearance } from './appearance.tsx';
import { KeySettings } from './key-settings.tsx';
import { LimitTable } from './limit-table.tsx';

/** Settings: how the window looks, its keys, and every limit of the product. They hold on this machine and are part of no case. */
export function SettingsView() {
  return (
    <div className="view">
      <div className="view-scroll settings">
        <Appearance />
        <KeySettings />
        <LimitTable />
      </div>
    </div>
  );
}
