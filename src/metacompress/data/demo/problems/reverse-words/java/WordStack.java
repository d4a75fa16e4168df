import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

final class Main
{
    private final Deque<String> stack = new ArrayDeque<>();
    private String open = "";

    private void closeReversedWord()
    {
        if (!open.isEmpty())
            stack.push(open);
        open = "";
    }

    private void read() throws IOException
    {
        int c;
        while ((c = System.in.read()) != -1 && c != '\n') {
            if (c == ' ')
                closeReversedWord();
            else
                open += (char) c;
        }
        closeReversedWord();
    }

    public static void main(String[] args) throws IOException
    {
        Main program = new Main();
        program.read();
        String gap = "";
        while (!program.stack.isEmpty()) {
            System.out.print(gap + program.stack.pop());
            gap = " ";
        }
        System.out.println();
    }
}
