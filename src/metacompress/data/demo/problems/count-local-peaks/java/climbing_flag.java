import java.io.*;

class Main
{
    private boolean climbing = false;
    private int last;
    private int peaks = 0;

    Main(int start)
    {
        last = start;
    }

    void visit(int value)
    {
        if (value < last && climbing)
            peaks++;
        climbing = value > last;
        last = value;
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer input = new StreamTokenizer(new InputStreamReader(System.in));
        input.nextToken();
        int pending = (int) input.nval;
        Main walker = null;
        for (; pending > 0; pending--)
        {
            input.nextToken();
            int value = (int) input.nval;
            if (walker == null)
                walker = new Main(value);
            else
                walker.visit(value);
        }
        System.out.println(walker == null ? 0 : walker.peaks);
    }
}
