/** One of the ways to look at what a screen shows; `id` is absent for the first, which links need not name. */
export interface Tab<Id extends string | undefined> {
  readonly id: Id;
  readonly title: string;
}

interface TabBarProps<Id extends string | undefined> {
  readonly tabs: readonly Tab<Id>[];
  readonly shown: Id | undefined;
  readonly onShow: (id: Id) => void;
}

/** The ways to look at what a screen shows, one of them pressed. */
export function TabBar<Id extends string | undefined>({ tabs, shown, onShow }: TabBarProps<Id>) {
  return (
    <div className="segmented" role="group" aria-label="What to show">
      {tabs.map(({ id, title }) => (
        <button
          key={title}
          type="button"
          aria-pressed={id === shown}
          onClick={() => {
            onShow(id);
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
