import { shippedPackages } from './shipped-packages.ts';

/** The packages of others in this product, each with its licence. */
export function LicenceTable() {
  return (
    <section aria-labelledby="settings-licences">
      <h2 id="settings-licences">Licences</h2>
      <p className="muted">
        Spoor is under the Apache License 2.0. It holds {shippedPackages.length} packages of others; the list comes from the lock file, as
        does the bill of materials (npm run sbom).
      </p>
      <table className="table settings-licences">
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">Version</th>
            <th scope="col">Licence</th>
          </tr>
        </thead>
        <tbody>
          {shippedPackages.map(({ name, version, licence }) => (
            <tr key={`${name} ${version}`}>
              <th scope="row">{name}</th>
              <td>{version}</td>
              <td>{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
