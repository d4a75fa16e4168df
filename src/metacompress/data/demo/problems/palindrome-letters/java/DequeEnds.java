import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

final class Main {

    private static Deque<Character> readLetters() throws IOException {
        Deque<Character> queue = new ArrayDeque<>();
        int c;
        while ((c = System.in.read()) != -1 && c != '\n') {
            if (Character.isLetter(c)) {
                queue.addLast((char) Character.toLowerCase(c));
            }
        }
        return queue;
    }

    private static boolean palindrome(Deque<Character> queue) {
        while (queue.size() > 1) {
            char front = queue.removeFirst();
            char back = queue.removeLast();
            if (front != back) {
                return false;
            }
        }
        return true;
    }

    public static void main(String[] args) throws IOException {
        Deque<Character> queue = readLetters();
        if (queue.isEmpty()) {
            System.out.println("-");
        } else if (palindrome(queue)) {
            System.out.println("yes");
        } else {
            System.out.println("no");
        }
    }
}
