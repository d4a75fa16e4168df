import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.StringTokenizer;

class Main {
    private long inversions = 0;

    private Deque<Integer> sort(Deque<Integer> items) {
        if (items.size() <= 1) return items;
        Deque<Integer> left = new ArrayDeque<>();
        int half = items.size() / 2;
        while (left.size() < half) left.addLast(items.removeFirst());
        return merge(sort(left), sort(items));
    }

    private Deque<Integer> merge(Deque<Integer> left, Deque<Integer> right) {
        Deque<Integer> merged = new ArrayDeque<>();
        while (!left.isEmpty() && !right.isEmpty()) {
            if (left.peekFirst() <= right.peekFirst()) {
                merged.addLast(left.removeFirst());
            } else {
                inversions += left.size();
                merged.addLast(right.removeFirst());
            }
        }
        merged.addAll(left);
        merged.addAll(right);
        return merged;
    }

    public static void main(String[] args) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(reader.readLine().trim());
        Deque<Integer> items = new ArrayDeque<>();
        if (n != 0) {
            StringTokenizer words = new StringTokenizer(reader.readLine());
            while (words.hasMoreTokens()) items.addLast(Integer.valueOf(words.nextToken()));
        }
        Main sorter = new Main();
        sorter.sort(items);
        System.out.println(sorter.inversions);
    }
}
