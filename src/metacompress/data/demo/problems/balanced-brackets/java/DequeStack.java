import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Scanner;

class Main {
    static String balanced(String line) {
        Deque<Character> expected = new ArrayDeque<>();
        boolean seen = false;
        for (char c : line.toCharArray()) {
            switch (c) {
                case '(' -> expected.push(')');
                case '[' -> expected.push(']');
                case '{' -> expected.push('}');
                case ')', ']', '}' -> {
                    if (expected.isEmpty() || expected.pop() != c) {
                        return "no";
                    }
                }
                default -> {
                    continue;
                }
            }
            seen = true;
        }
        if (!seen) {
            return "-";
        }
        return expected.isEmpty() ? "yes" : "no";
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String line = in.hasNextLine() ? in.nextLine() : "";
        System.out.println(balanced(line));
    }
}
