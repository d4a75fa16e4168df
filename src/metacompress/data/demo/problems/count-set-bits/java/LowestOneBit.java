import java.io.*;

class Main
{
    // Each round takes away the lowest power of two that is contained.
    private static int bitRounds(int remaining, int soFar)
    {
        return remaining == 0
            ? soFar
            : bitRounds(remaining - Integer.lowestOneBit(remaining), soFar + 1);
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer tokens = new StreamTokenizer(new InputStreamReader(System.in));
        tokens.nextToken();
        System.out.println(bitRounds((int) tokens.nval, 0));
    }
}
