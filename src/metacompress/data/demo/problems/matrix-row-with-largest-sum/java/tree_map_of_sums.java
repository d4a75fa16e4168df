import java.io.*;
import java.util.TreeMap;

class Main {
    private static final StreamTokenizer INPUT =
        new StreamTokenizer(new InputStreamReader(System.in));

    private static int number() {
        try {
            INPUT.nextToken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) INPUT.nval;
    }

    /** For every sum that occurs: the first row that has it. */
    static TreeMap<Integer, Integer> firstRowBySum(int r, int c) {
        TreeMap<Integer, Integer> first = new TreeMap<>();
        for (int row = 0; row < r; row++) {
            int s = 0;
            for (int left = c; left > 0; left--) s += number();
            first.putIfAbsent(s, row);
        }
        return first;
    }

    public static void main(String[] args) {
        int r = number();
        int c = number();
        System.out.println(firstRowBySum(r, c).lastEntry().getValue());
    }
}
