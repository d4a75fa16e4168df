import java.util.Arrays;
import java.nio.charset.StandardCharsets;

class Main
{
    private long expected = 1;

    private boolean advance(long value)
    {
        if (value != expected)
            return false;
        expected++;
        return true;
    }

    static long solveMissing(String text)
    {
        Main sweep = new Main();
        long[] positives = Arrays.stream(text.strip().split("\\s+"))
            .skip(1)
            .mapToLong(Long::parseLong)
            .filter(v -> v > 0)
            .sorted()
            .distinct()
            .toArray();
        for (long p : positives)
        {
            if (!sweep.advance(p))
                break;
        }
        return sweep.expected;
    }

    public static void main(String[] args) throws Exception
    {
        System.out.println(solveMissing(new String(System.in.readAllBytes(), StandardCharsets.US_ASCII)));
    }
}
