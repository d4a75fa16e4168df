"""``python -m metacompress``."""

from metacompress.cli.app import main

if __name__ == "__main__":
    main()
