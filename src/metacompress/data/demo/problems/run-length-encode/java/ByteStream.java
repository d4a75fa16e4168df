import java.io.IOException;

class Main
{
    static int current = -1;
    static int repeat = 0;

    static void feedRunLength(int b)
    {
        if (b != current) {
            if (repeat != 0)
                System.out.print("" + repeat + (char) current);
            current = b;
            repeat = 0;
        }
        repeat++;
    }

    public static void main(String[] args) throws IOException
    {
        int b;
        do {
            b = System.in.read();
            if (b == '\n')
                b = -1;
            feedRunLength(b);    // the final -1 pushes out the last run
        } while (b != -1);
        System.out.println();
    }
}
