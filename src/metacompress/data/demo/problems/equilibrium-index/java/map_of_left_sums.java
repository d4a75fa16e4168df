import java.util.HashMap;
import java.util.Map;

class Main {
    /*
     * Index i balances when 2 * left(i) + value(i) equals the total, so the first
     * index for each such key is remembered and looked up once the total is known.
     */
    static int solveEquilibrium(String[] fields) {
        Map<Long, Integer> firstIndex = new HashMap<>();
        long running = 0;
        for (int f = 1; f < fields.length; f++) {
            long value = Long.parseLong(fields[f]);
            firstIndex.putIfAbsent(2 * running + value, f - 1);
            running += value;
        }
        return firstIndex.getOrDefault(running, -1);
    }

    public static void main(String[] args) throws java.io.IOException {
        String all = new String(System.in.readAllBytes());
        System.out.println(solveEquilibrium(all.trim().split("\\s+")));
    }
}
