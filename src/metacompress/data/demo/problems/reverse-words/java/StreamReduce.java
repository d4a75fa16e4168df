import java.util.Arrays;
import java.util.Scanner;

class Main {
    // reduce puts every new word in front of those already taken
    static String reversedWords(String s) {
        return Arrays.stream(s.split(" "))
            .filter(w -> !w.isEmpty())
            .reduce((done, w) -> w + " " + done)
            .orElse("");
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in).useDelimiter("\n");
        String s = in.hasNext() ? in.next() : "";
        System.out.println(reversedWords(s));
    }
}
