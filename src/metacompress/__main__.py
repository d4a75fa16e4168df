"""``python -m metacompress``."""

from metacompress.cli.entry import main

if __name__ == "__main__":
    main()
