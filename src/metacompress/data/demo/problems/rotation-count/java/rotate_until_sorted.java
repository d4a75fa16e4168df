import java.io.*;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

class Main
{
    private static boolean isRotationSorted(Deque<Long> ring)
    {
        Iterator<Long> it = ring.iterator();
        long last = Long.MIN_VALUE;
        while (it.hasNext())
        {
            long current = it.next();
            if (current < last)
                return false;
            last = current;
        }
        return true;
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer tokens = new StreamTokenizer(new InputStreamReader(System.in));
        tokens.nextToken();
        Deque<Long> ring = new ArrayDeque<>();
        for (int open = (int) tokens.nval; open > 0; open--)
        {
            tokens.nextToken();
            ring.addLast((long) tokens.nval);
        }
        int steps = 0;
        while (!isRotationSorted(ring))
        {
            ring.addLast(ring.removeFirst());
            steps++;
        }
        System.out.println(steps);
    }
}
