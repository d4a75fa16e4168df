import java.io.*;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

class Main {
    private static int kthSmallest(SortedMap<Integer, Integer> counts, int rank) {
        if (rank <= 0) return -1;
        for (Map.Entry<Integer, Integer> e : counts.entrySet()) {
            rank -= e.getValue();
            if (rank <= 0) return e.getKey();
        }
        // fewer elements than the rank asks for
        return -1;
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer t = new StreamTokenizer(new InputStreamReader(System.in));
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        t.nextToken();
        int pending = (int) t.nval;
        while (pending-- > 0) {
            t.nextToken();
            counts.merge((int) t.nval, 1, Integer::sum);
        }
        t.nextToken();
        System.out.println(kthSmallest(counts, (int) t.nval));
    }
}
