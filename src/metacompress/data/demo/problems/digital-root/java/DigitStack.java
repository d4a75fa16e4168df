import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

class Main {
    static void pushDigits(Deque<Integer> stack, int number) {
        do {
            stack.push(number % 10);
            number /= 10;
        } while (number != 0);
    }

    static int mergeToRoot(Deque<Integer> stack) {
        while (stack.size() > 1) {
            int a = stack.pop();
            int b = stack.pop();
            pushDigits(stack, a + b);
        }
        return stack.pop();
    }

    public static void main(String[] args) throws Exception {
        byte[] raw = System.in.readAllBytes();
        int number = Integer.parseInt(new String(raw, StandardCharsets.US_ASCII).strip());
        Deque<Integer> stack = new ArrayDeque<>();
        pushDigits(stack, number);
        System.out.println(mergeToRoot(stack));
    }
}
