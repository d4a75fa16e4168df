import java.io.IOException;
import java.util.Arrays;

class Main
{
    // Position of the first element after `from` that differs from sorted[from].
    static int skipBlock(int[] sorted, int from)
    {
        int to = from;
        do
        {
            to++;
        }
        while (to < sorted.length && sorted[to] == sorted[from]);
        return to;
    }

    static int distinctBlocks(int[] sorted)
    {
        int found = 0;
        for (int at = 0; at < sorted.length; at = skipBlock(sorted, at))
            found++;
        return found;
    }

    public static void main(String[] args) throws IOException
    {
        String[] fields = new String(System.in.readAllBytes()).trim().split("\\s+");
        int[] numbers = new int[fields.length - 1];
        for (int f = 1; f < fields.length; f++)
            numbers[f - 1] = Integer.parseInt(fields[f]);
        Arrays.sort(numbers);
        System.out.println(distinctBlocks(numbers));
    }
}
