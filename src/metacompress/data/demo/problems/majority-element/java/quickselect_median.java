import java.io.*;
import java.util.ArrayList;
import java.util.List;

class Main {
    static int majorityValue(List<Integer> pool, int k) {
        int pivot = pool.get(pool.size() / 2);
        List<Integer> below = new ArrayList<>();
        List<Integer> above = new ArrayList<>();
        for (int p : pool) {
            if (p < pivot) below.add(p);
            if (p > pivot) above.add(p);
        }
        int notAbove = pool.size() - above.size();
        if (k < below.size()) return majorityValue(below, k);
        if (k >= notAbove) return majorityValue(above, k - notAbove);
        return pivot;
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer t = new StreamTokenizer(new InputStreamReader(System.in));
        List<Integer> pool = new ArrayList<>();
        t.nextToken();
        for (int left = (int) t.nval; left > 0; left--) {
            t.nextToken();
            pool.add((int) t.nval);
        }
        int majority = -1;
        if (!pool.isEmpty()) {
            int median = majorityValue(pool, pool.size() / 2);
            long copies = pool.stream().filter(p -> p == median).count();
            if (copies > pool.size() / 2) majority = median;
        }
        System.out.println(majority);
    }
}
