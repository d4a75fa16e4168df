import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

class Main
{
    private final int[] data;
    private final Map<Integer, Integer> known = new HashMap<>();

    private Main(int[] data)
    {
        this.data = data;
    }

    // How many elements can follow index i (index -1: anything may follow).
    private int longestSubsequence(int i)
    {
        Integer cached = known.get(i);
        if (cached != null)
            return cached;

        int best = 0;
        for (int k = i + 1; k < data.length; k++)
        {
            if (i < 0 || data[k] > data[i])
                best = Math.max(best, longestSubsequence(k) + 1);
        }
        known.put(i, best);
        return best;
    }

    public static void main(String[] args)
    {
        try (Scanner in = new Scanner(System.in))
        {
            int[] data = new int[in.nextInt()];
            int filled = 0;
            while (filled < data.length)
                data[filled++] = in.nextInt();
            System.out.println(new Main(data).longestSubsequence(-1));
        }
    }
}
