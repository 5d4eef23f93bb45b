"""`python -m creditrules` is the console script by another name."""

from creditrules.cli import main

if __name__ == "__main__":
    main()
