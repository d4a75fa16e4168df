import java.io.*;

class Main
{
    // Each round takes away the lowest power of two that is contained.
    private static int rounds(int remaining, int soFar)
    {
        return remaining == 0
            ? soFar
            : rounds(remaining - Integer.lowestOneBit(remaining), soFar + 1);
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer tokens = new StreamTokenizer(new InputStreamReader(System.in));
        tokens.nextToken();
        System.out.println(rounds((int) tokens.nval, 0));
    }
}
