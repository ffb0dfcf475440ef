import { PROFILES, PROFILE_WORDS, type Profile } from '#shared/contract/profile.ts';

interface ProfileChoiceProps {
  readonly profile: Profile;
  readonly onChoose: (profile: Profile) => void;
}

/** Whom the preview and the exports are made for. */
export function ProfileChoice({ profile, onChoose }: ProfileChoiceProps) {
  return (
    <fieldset className="report-choice">
      <legend>Profile</legend>
      {PROFILES.map((each) => (
        <label key={each} className="report-option">
          <input
            type="radio"
            name="profile"
            checked={profile === each}
            onChange={() => {
              onChoose(each);
            }}
          />
          {PROFILE_WORDS[each].title}
        </label>
      ))}
      <p className="muted">{PROFILE_WORDS[profile].says}</p>
    </fieldset>
  );
}
