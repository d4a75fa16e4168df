import java.io.*;
import java.util.ArrayDeque;

class Main {
    static int equilibriumIndex(ArrayDeque<Integer> ahead) {
        long left = 0;
        long right = ahead.stream().mapToLong(Integer::longValue).sum();
        int index = 0;
        while (!ahead.isEmpty()) {
            int current = ahead.pop();
            right -= current;
            if (left == right) {
                return index;
            }
            left += current;
            index++;
        }
        return -1;
    }

    static ArrayDeque<Integer> load(Reader source) throws IOException {
        StreamTokenizer tokens = new StreamTokenizer(source);
        tokens.nextToken();
        int wanted = (int) tokens.nval;
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        while (queue.size() < wanted && tokens.nextToken() == StreamTokenizer.TT_NUMBER) {
            queue.add((int) tokens.nval);
        }
        return queue;
    }

    public static void main(String[] args) throws IOException {
        System.out.println(equilibriumIndex(load(new InputStreamReader(System.in))));
    }
}
