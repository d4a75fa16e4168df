import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.nio.charset.StandardCharsets;

class Main
{
    static final Pattern NUMBER = Pattern.compile("-?\\d+");

    static int widestIncreasingRun(int[] x, int first)
    {
        int widest = 0;
        int left = first;
        for (int right = first; right < x.length; right++)
        {
            boolean broken = right > first && x[right] <= x[right - 1];
            if (broken)
                left = right;
            widest = Math.max(widest, right - left + 1);
        }
        return widest;
    }

    public static void main(String[] args) throws java.io.IOException
    {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        int[] x = NUMBER.matcher(text).results()
            .map(MatchResult::group)
            .mapToInt(Integer::parseInt)
            .toArray();
        // x[0] is only the count
        System.out.println(widestIncreasingRun(x, 1));
    }
}
