import java.util.Locale;
import java.util.Scanner;

class Main {
    static String palindromeAnswer(String line) {
        String letters = line.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        if (letters.isEmpty()) {
            return "-";
        }
        String reversed = new StringBuilder(letters).reverse().toString();
        return reversed.equals(letters) ? "yes" : "no";
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        String line = scanner.hasNextLine() ? scanner.nextLine() : "";
        System.out.println(palindromeAnswer(line));
    }
}
