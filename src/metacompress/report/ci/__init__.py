"""Results as CI systems read them: JUnit, SARIF, Markdown and a badge."""
