import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.BitSet;

class Main {
    private final BitSet once = new BitSet();
    private final BitSet twice = new BitSet();
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

    void accept(int symbol) {
        if (once.get(symbol)) {
            twice.set(symbol);
        } else {
            once.set(symbol);
            waiting.add(symbol);
        }
        // drop leading candidates that have been spoiled
        while (!waiting.isEmpty() && twice.get(waiting.peek())) {
            waiting.poll();
        }
    }

    char firstUniqueChar() {
        return waiting.isEmpty() ? '-' : (char) waiting.peek().intValue();
    }

    public static void main(String[] args) throws IOException {
        Main finder = new Main();
        InputStream in = System.in;
        int symbol = in.read();
        while (symbol != '\n' && symbol != -1) {
            if (symbol != ' ') {
                finder.accept(symbol);
            }
            symbol = in.read();
        }
        System.out.println(finder.firstUniqueChar());
    }
}
