import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

class Main {
    static char mostCommonLetter(char[] sorted) {
        char symbol = '-';
        int longest = 0;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            if (run > longest) {
                longest = run;
                symbol = sorted[i];
            }
        }
        return symbol;
    }

    // Letter order makes the first of several equal runs the right one,
    // because a later run has to be strictly longer.
    public static void main(String[] args) throws IOException {
        String input = new String(System.in.readAllBytes());
        String first = input.split("\n", 2)[0];
        char[] letters = first.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").toCharArray();
        Arrays.sort(letters);
        System.out.println(mostCommonLetter(letters));
    }
}
