import java.util.Scanner;

class Main {
    // Peels one character at a time off whichever end is not a letter.
    static boolean isPalindrome(String t) {
        if (t.length() <= 1) {
            return true;
        }
        char head = t.charAt(0);
        char tail = t.charAt(t.length() - 1);
        if (!isLetter(head)) {
            return isPalindrome(t.substring(1));
        }
        if (!isLetter(tail)) {
            return isPalindrome(t.substring(0, t.length() - 1));
        }
        if ((head | 32) != (tail | 32)) {
            return false;
        }
        return isPalindrome(t.substring(1, t.length() - 1));
    }

    static boolean isLetter(char c) {
        int lower = c | 32;
        return lower >= 'a' && lower <= 'z';
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in).useDelimiter("\n");
        String text = in.hasNext() ? in.next() : "";
        boolean anyLetter = text.chars().anyMatch(c -> isLetter((char) c));
        String answer = "-";
        if (anyLetter) {
            answer = isPalindrome(text) ? "yes" : "no";
        }
        System.out.println(answer);
    }
}
