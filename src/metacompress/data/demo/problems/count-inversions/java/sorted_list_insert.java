import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class Main {
    // First index whose element is greater than key (upper bound).
    static int upperBound(List<Long> sorted, long key) {
        int low = 0;
        int high = sorted.size();
        while (low != high) {
            int probe = (low + high) >>> 1;
            if (sorted.get(probe) > key) high = probe;
            else low = probe + 1;
        }
        return low;
    }

    static long countInvertedPairs(String[] words) {
        List<Long> seen = new ArrayList<>();
        long answer = 0;
        int expected = Integer.parseInt(words[0]);
        for (int w = 1; w <= expected; w++) {
            long key = Long.parseLong(words[w]);
            int spot = upperBound(seen, key);
            answer += seen.size() - spot;
            seen.add(spot, key);
        }
        return answer;
    }

    public static void main(String[] args) throws Exception {
        String everything = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
        System.out.println(countInvertedPairs(everything.strip().split("\\s+")));
    }
}
