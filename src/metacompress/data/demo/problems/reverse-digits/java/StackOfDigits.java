import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

class Main
{
    public static void main(String[] args) throws IOException
    {
        Deque<Character> stack = new ArrayDeque<>();
        int c;
        while ((c = System.in.read()) >= '0' && c <= '9')
            stack.push((char) c);

        // zeros on top would become leading zeros
        while (stack.size() > 1 && stack.peek() == '0')
            stack.pop();

        System.out.println(unwindReversedDigits(stack));
    }

    private static String unwindReversedDigits(Deque<Character> stack)
    {
        StringBuilder text = new StringBuilder();
        while (!stack.isEmpty())
            text.append(stack.pop());
        return text.toString();
    }
}
