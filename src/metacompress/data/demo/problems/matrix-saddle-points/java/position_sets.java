import java.io.*;
import java.util.*;

class Main
{
    static int read(StreamTokenizer in) throws IOException
    {
        in.nextToken();
        return (int) in.nval;
    }

    /** Flat positions start, start + step, ... whose value ranks first under the given order. */
    static Set<Integer> saddleExtremes(int[] flat, int start, int step, int count, Comparator<Integer> order)
    {
        Set<Integer> best = new TreeSet<>();
        Integer record = null;
        for (int k = 0, p = start; k < count; k++, p += step) {
            int sign = record == null ? -1 : order.compare(flat[p], record);
            if (sign < 0) {
                best.clear();
                record = flat[p];
            }
            if (sign <= 0)
                best.add(p);
        }
        return best;
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer in = new StreamTokenizer(new InputStreamReader(System.in));
        int r = read(in), c = read(in);
        int[] flat = new int[r * c];
        for (int p = 0; p < flat.length; p++)
            flat[p] = read(in);

        Set<Integer> minima = new HashSet<>();
        for (int i = 0; i < r; i++)
            minima.addAll(saddleExtremes(flat, i * c, 1, c, Comparator.naturalOrder()));
        Set<Integer> maxima = new HashSet<>();
        for (int j = 0; j < c; j++)
            maxima.addAll(saddleExtremes(flat, j, c, r, Comparator.reverseOrder()));
        minima.retainAll(maxima);
        System.out.println(minima.size());
    }
}
