import java.math.BigInteger;
import java.util.NoSuchElementException;
import java.util.Scanner;

class Main {
    private static final BigInteger FOUR = BigInteger.valueOf(4);

    // The open brackets are the base-4 digits of one number, innermost last.
    static boolean balanced(String line) {
        BigInteger open = BigInteger.ZERO;
        for (int c : line.chars().toArray()) {
            int left = "([{".indexOf(c) + 1;
            int right = ")]}".indexOf(c) + 1;
            if (left > 0) {
                open = open.multiply(FOUR).add(BigInteger.valueOf(left));
            }
            if (right > 0) {
                BigInteger[] split = open.divideAndRemainder(FOUR);
                if (split[1].intValue() != right) {
                    return false;
                }
                open = split[0];
            }
        }
        return open.signum() == 0;
    }

    public static void main(String[] args) {
        String line;
        try {
            line = new Scanner(System.in).nextLine();
        } catch (NoSuchElementException nothing) {
            line = "";
        }
        boolean relevant = line.chars().anyMatch(c -> "([{}])".indexOf(c) != -1);
        System.out.println(!relevant ? "-" : balanced(line) ? "yes" : "no");
    }
}
