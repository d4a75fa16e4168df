#include <ctype.h>
#include <stdio.h>

/*
 * Reads the rest of the line first, then prints its own digit.
 * Returns 1 once something other than a zero has been printed.
 */
static int echo_reversed_digits(void)
{
	int c = getchar();
	int started;

	if (!isdigit(c))
		return 0;
	started = echo_reversed_digits();
	if (c != '0' || started) {
		putchar(c);
		return 1;
	}
	return 0;
}

int main(void)
{
	if (!echo_reversed_digits())
		putchar('0');
	putchar('\n');
	return 0;
}
