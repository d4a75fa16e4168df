import java.io.IOException;
import java.nio.charset.StandardCharsets;

class Main
{
    private final String[] words;

    Main(String text)
    {
        words = text.trim().split("\\s+");
    }

    int number(int position)
    {
        return Integer.parseInt(words[position]);
    }

    // `carried` is the best sum of a block ending just before `position`.
    int search(int position, int carried, int record)
    {
        if (position > number(0))
            return record;
        int current = number(position) + (carried < 0 ? 0 : carried);
        return search(position + 1, current, current > record ? current : record);
    }

    int maxSubarrayAnswer()
    {
        if (number(0) == 0)
            return 0;
        int first = number(1);
        return search(2, first, first);
    }

    public static void main(String[] args) throws IOException
    {
        byte[] raw = System.in.readAllBytes();
        System.out.println(new Main(new String(raw, StandardCharsets.US_ASCII)).maxSubarrayAnswer());
    }
}
