import java.io.*;

class Main
{
    static int[] transposeTurn(int[] flat, int height, int width)
    {
        int[] turned = new int[flat.length];
        int k = 0;
        while (k < turned.length) {
            // position k of the result is column k / height, row k % height
            turned[k] = flat[(k % height) * width + k / height];
            k++;
        }
        return turned;
    }

    static int read(StreamTokenizer tokens) throws IOException
    {
        tokens.nextToken();
        return (int) tokens.nval;
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer tokens = new StreamTokenizer(new InputStreamReader(System.in));
        int height = read(tokens), width = read(tokens);
        int[] flat = new int[height * width];
        for (int k = 0; k < flat.length; k++)
            flat[k] = read(tokens);

        PrintWriter out = new PrintWriter(System.out);
        int written = 0;
        for (int value : transposeTurn(flat, height, width)) {
            out.print(value);
            out.print(++written % height == 0 ? "\n" : " ");
        }
        out.flush();
    }
}
