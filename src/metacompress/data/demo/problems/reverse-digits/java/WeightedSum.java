import java.util.Scanner;
import java.util.stream.IntStream;

class Main {

    // The digit at index i from the left gets the weight 10^i.
    static int reverseDigits(char[] digits) {
        int[] weights = IntStream.iterate(1, w -> w * 10).limit(digits.length).toArray();
        return IntStream.range(0, digits.length)
                .map(i -> (digits[i] - '0') * weights[i])
                .sum();
    }

    public static void main(String[] args) {
        String token;
        try (Scanner scanner = new Scanner(System.in)) {
            token = scanner.next();
        }
        System.out.println(reverseDigits(token.toCharArray()));
    }
}
