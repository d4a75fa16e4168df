"""Settings: types of fields, validation, data sets, TOML files."""
