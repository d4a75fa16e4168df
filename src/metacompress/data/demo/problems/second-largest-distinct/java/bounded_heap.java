import java.io.*;
import java.util.PriorityQueue;

class Main {
    private static final int KEEP = 2;

    private final PriorityQueue<Integer> heap = new PriorityQueue<>();

    // Keeps only the two best different values, the worse of them on top.
    void accept(int value) {
        if (heap.contains(value)) {
            return;
        }
        heap.offer(value);
        if (heap.size() > KEEP) {
            heap.poll();
        }
    }

    int second() {
        return heap.size() == KEEP ? heap.element() : -1;
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer reader = new StreamTokenizer(new InputStreamReader(System.in));
        reader.nextToken();
        int count = (int) reader.nval;
        Main best = new Main();
        while (count-- > 0) {
            reader.nextToken();
            best.accept((int) reader.nval);
        }
        System.out.println(best.second());
    }
}
