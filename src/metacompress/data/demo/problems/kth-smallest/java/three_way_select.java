import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

class Main
{
    static int selectKthSmallest(List<Integer> items, int k)
    {
        int pivot = items.get(items.size() / 2);
        List<Integer> less = new ArrayList<>();
        List<Integer> more = new ArrayList<>();
        for (int item : items) {
            if (item < pivot)
                less.add(item);
            else if (item > pivot)
                more.add(item);
        }
        if (k <= less.size())
            return selectKthSmallest(less, k);
        int notAbove = items.size() - more.size();
        if (k > notAbove)
            return selectKthSmallest(more, k - notAbove);
        return pivot;
    }

    public static void main(String[] args)
    {
        Scanner in = new Scanner(System.in);
        List<Integer> items = new ArrayList<>();
        for (int left = in.nextInt(); left > 0; left--)
            items.add(in.nextInt());
        int k = in.nextInt();
        boolean valid = 1 <= k && k <= items.size();
        System.out.println(valid ? selectKthSmallest(items, k) : -1);
    }
}
