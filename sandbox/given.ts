type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Only the fields that have a value: what was left out stays left out, rather than being set to undefined. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  const kept: Given<Fields> = {};
  for (const name in fields) if (isSet(fields, name)) kept[name] = fields[name];
  return kept;
}

function isSet<Fields extends object, Name extends keyof Fields>(
  fields: Fields,
  name: Name,
): fields is Fields & { [Key in Name]: Exclude<Fields[Name], undefined> } {
  return fields[name] !== undefined;
}
