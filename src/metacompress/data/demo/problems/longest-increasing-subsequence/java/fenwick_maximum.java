import java.io.IOException;
import java.util.Arrays;

class Main {
    static int prefixMax(int[] tree, int i) {
        int m = 0;
        for (; i > 0; i -= i & -i) m = Math.max(m, tree[i]);
        return m;
    }

    static void raise(int[] tree, int i, int v) {
        for (; i < tree.length; i += i & -i) tree[i] = Math.max(tree[i], v);
    }

    static int lisLength(int[] xs) {
        int[] ranks = Arrays.stream(xs).sorted().distinct().toArray();
        int[] tree = new int[ranks.length + 1];
        for (int x : xs) {
            int rank = Arrays.binarySearch(ranks, x) + 1;
            // only strictly smaller values may come before x
            raise(tree, rank, prefixMax(tree, rank - 1) + 1);
        }
        return prefixMax(tree, ranks.length);
    }

    public static void main(String[] args) throws IOException {
        String[] words = new String(System.in.readAllBytes()).trim().split("\\s+");
        int[] xs = Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
        System.out.println(lisLength(xs));
    }
}
