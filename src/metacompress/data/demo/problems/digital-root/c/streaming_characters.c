#include <ctype.h>
#include <stdio.h>

/* Consume digits one at a time; the state never exceeds nine. */
static int absorb(int state, int digit)
{
	int next = state + digit;
	if (next > 9)
		next -= 9;
	return next;
}

static int digital_root_of_stream(FILE *in)
{
	int state = 0;
	int ch;

	while ((ch = fgetc(in)) != EOF && isdigit(ch))
		state = absorb(state, ch - '0');
	return state;
}

int main(void)
{
	putchar('0' + digital_root_of_stream(stdin));
	putchar('\n');
	return 0;
}
