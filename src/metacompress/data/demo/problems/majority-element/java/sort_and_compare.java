import java.io.IOException;
import java.util.Arrays;

class Main
{
    static int majorityOf(int[] a)
    {
        Arrays.sort(a);
        int half = a.length / 2;
        // A block longer than half must reach from i to i + half.
        for (int i = 0; i + half < a.length; i++)
            if (a[i] == a[i + half])
                return a[i];
        return -1;
    }

    public static void main(String[] args) throws IOException
    {
        String[] parts = new String(System.in.readAllBytes()).trim().split("\\s+");
        int[] a = Arrays.stream(parts, 1, parts.length)
            .mapToInt(Integer::parseInt)
            .toArray();
        System.out.println(majorityOf(a));
    }
}
