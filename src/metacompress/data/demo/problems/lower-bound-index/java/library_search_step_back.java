import java.io.*;
import java.util.Arrays;

class Main
{
    private static StreamTokenizer source;

    static int read() throws IOException
    {
        source.nextToken();
        return (int) source.nval;
    }

    static int lowerBoundPosition(int[] values, int wanted)
    {
        int at = Arrays.binarySearch(values, wanted);
        if (at < 0)
            return -at - 1;
        // the library may land anywhere in a run of equal values
        while (at > 0 && values[at - 1] == wanted)
            at--;
        return at;
    }

    public static void main(String[] args) throws IOException
    {
        source = new StreamTokenizer(new InputStreamReader(System.in));
        int[] values = new int[read()];
        for (int k = 0; k < values.length; k++)
            values[k] = read();
        System.out.println(lowerBoundPosition(values, read()));
    }
}
