import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

class Main {
    static int longestDistinct(String s) {
        Map<Character, Integer> lastIndex = new HashMap<>();
        int start = 0;
        int best = 0;
        for (int i = 0; i < s.length(); i++) {
            Integer previous = lastIndex.put(s.charAt(i), i);
            if (previous != null) {
                start = Math.max(start, previous + 1);
            }
            best = Math.max(best, i - start + 1);
        }
        return best;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String s = in.hasNextLine() ? in.nextLine() : "";
        System.out.println(longestDistinct(s));
    }
}
