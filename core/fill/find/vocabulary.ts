/**
 * What forms call things, as data: per class the phrases that mean it, commas between. Classes that are no item field
 * ("~") are just as real: they are what a field must not be mistaken for, and win their own words. Phrases are compared
 * word by word, plurals and small words (the, your, of) left out; a longer phrase takes its words from a shorter one.
 */
export const VOCABULARY = {
  photos: "photo,image,picture,add photo,upload photo,upload image,upload picture,product image,item photo,photos video,media,gallery,drag drop,drop image,drop photo,drag photo,drag image",
  title: "title,listing title,item title,product title,ad title,posting title,post title,listing name,item name,product name,name item,name product,name listing,headline,ad headline,listing headline,title item,what selling,what you selling,what are you selling,=name,=subject,listing subject,what listing,what is it,=item,item called,title ad,artikelname,titel,titre,titulo",
  description: "description,item description,product description,listing description,full description,long description,about item,about product,about listing,=detail,item detail,product detail,describe item,describe product,describe what selling,tell buyer about,tell buyer more,tell buyer,ad text,posting body,=body,listing body,body html,=describe,what should buyer know,more about item,tell story,write description,beschreibung,descripcion",
  price: "price,asking price,ask price,selling price,sell price,listing price,item price,product price,regular price,base price,fixed price,buy it now price,buy now price,your price,sale amount,how much,unit price,price per item,price usd,=amount,preis,prix,precio",
  quantity: "quantity,qty,=stock,stock quantity,=inventory,inventory quantity,available quantity,quantity available,in stock,unit available,how many,how many have,number item,number of unit,unit in stock,item available,available stock,stock level,stock on hand,on hand,=available,=count,amount in stock,available unit,piece available,quantity in stock",
  condition: "condition,item condition,product condition,state item,state of wear,quality grade,how worn,how used,rate condition,zustand",
  category: "category,product category,item category,listing category,department,product type,item type,choose category,select category,type item,type of item,what kind of item,listing type category,kategorie,categorie",
  brand: "brand,brand name,maker,manufacturer,=make,designer,item brand,make manufacturer,brand designer,brand maker,vendor,marke,marque,designer brand",
  size: "size,item size,clothing size,shoe size,size item,apparel size,size dimension,us size,garment size,fit size",
  colors: "color,colour,item color,main color,primary color,product color,color family,main colour,primary colour,color item,item colour,dominant color,farbe",
  material: "material,fabric,made of,composition,item material,main material,material composition,fabric type,what made of,textile",
  tags: "tag,keyword,search tag,search keyword,product tag,hashtag,search term,listing tag,item tag,add tag,key word,tag keyword",
  sku: "sku,stock keeping unit,article number,item code,product code,stock number,stock code,custom label,custom label sku,item number,inventory code,inventory number,seller sku,internal code,product sku,sku number,item sku,reference code",
  weightGrams: "weight,item weight,package weight,parcel weight,shipping weight,product weight,weigh,how heavy,weight package,gross weight",
  weightPounds: "pound,lb,weight lb,weight pound,package weight lb,package weight pound",
  weightOunces: "ounce,oz,weight oz,weight ounce,package weight oz,package weight ounce",
  length: "length,package length,parcel length,item length,depth,package depth",
  width: "width,package width,parcel width,item width",
  height: "height,package height,parcel height,item height",
  shippingProfile: "delivery method,shipping method,how buyer get it,fulfillment,fulfillment method,fulfilment method,delivery option,shipping option,delivery type,=delivery,=shipping,handover,how will buyer get item,delivery preference,shipping or pickup,delivery or pickup,shipping preference,how will ship,how deliver",
  payer: "who pay shipping,who pay for shipping,shipping paid by,who cover shipping,shipping payer,postage paid by,who pay postage,who pay delivery,shipping cost paid by,who pay for postage,shipping paid",
  freeShipping: "free shipping,offer free shipping,free delivery,seller pay shipping,i pay shipping,i will pay shipping,free postage,include shipping price",
  offersShipping: "offer shipping,require shipping,this product require shipping,physical product,this is physical product,ship item,shippable,i can ship,shipping available,available for shipping,will ship,i will ship,delivery available",
  noShipping: "no shipping required,no shipping,pickup only,local pickup only,collection only,digital product,no shipping need,not require shipping",
  location: "location,item location,where it is,where item located,where located,pickup location,meetup location,listing location,ship from location,location item,standort",
  postalCode: "postal code,zip code,zip,postcode,post code,zip postal code,postal,postal zip code,ship from zip,ship from zip code,plz,postcode zip,zipcode,sends from zip",
  city: "city,town,city neighborhood,city or neighborhood,area or district,area district,city town,neighborhood,city area,town city",
  cost: "cost,cost per item,item cost,unit cost,cost price,purchase price,your cost,cost good,buy price,purchase cost,cost of good,paid price,what you paid,price paid,acquisition cost,wholesale cost",
  notes: "private note,private note self,internal note,note self,note to self,private seller note,personal note,note for yourself,staff note,memo",
  priceFloor: "floor price,minimum price,min price,lowest price,lowest offer,minimum offer,smart pricing floor,lowest acceptable price,reserve price,minimum price consider,lowest price accept,auto decline,minimum acceptable offer",
  "~metaTitle": "meta title,seo title,page title,title tag,search engine title,browser title,title search engine,social title,og title",
  "~metaDescription": "meta description,seo description,search engine description,search description,og description,social description,meta keyword,seo keyword,focus keyword,focus keyphrase,meta tag",
  "~dimension": "dimension,package dimension,parcel dimension,item dimension,product dimension,shipping dimension,measurement package",
  "~short": "short description,subtitle,summary,tagline,tag line,excerpt,condition description,condition note,condition detail,describe condition,item condition description,defect,flaw,describe flaw,description flaw,product short description,caption,alt text,image alt text,photo caption,image description,highlight,key feature,feature,bullet point,care instruction,ingredient,specification",
  "~slug": "url handle,handle,slug,permalink,url,website,link,web address,video url,external url,product url,external link,image url,video link",
  "~search": "search,find,search anything,search site,search product,search item,search category,filter,search listing,search order",
  "~code": "coupon,coupon code,promo,promo code,discount code,voucher,voucher code,gift card,gift card code,referral code,invite code,promotion code,access code",
  "~compare": "compare at price,compare price,original price,retail price,msrp,rrp,was price,old price,strikethrough price,list price,recommended retail price,sale price,discount price,discounted price,special price,price before discount,previous price,market price,estimated value,estimated retail value,original retail price,new price,reference price,promotional price,compare at,wholesale price",
  "~money": "shipping price,shipping cost,shipping fee,shipping rate,postage cost,postage price,delivery fee,delivery cost,delivery price,handling fee,handling cost,tax,tax rate,vat,tax code,tax class,discount,discount amount,deposit,deposit amount,starting bid,start price,starting price,start bid,opening bid,bid,bid increment,fee,commission,profit,margin,earning,you earn,payout,price type,currency,price currency,pricing format,insurance,insured value,declared value,customs value,additional item cost,each additional item,tip,donation,price drop,price unit,unit price measure,maximum price,max price,price range,price from,price to,budget,offer price,offer amount,counter offer,rent,hourly rate,late fee,surcharge,cost shipping,shipping surcharge,insurance cost,insurance amount,return shipping cost,restocking fee,tax amount,price adjustment",
  "~limit": "minimum quantity,maximum quantity,min quantity,max quantity,low stock,low stock threshold,low stock alert,reorder point,reorder quantity,reorder level,max per order,order limit,limit per customer,minimum order,minimum order quantity,maximum order,quantity discount,quantity per pack,pack size,unit per pack,per customer,minimum purchase,safety stock,incoming,committed,unavailable,pack quantity,lot size,number in lot,quantity type,stock status,backorder,bulk quantity,inventory policy,stock location,inventory location",
  "~barcode": "barcode,upc,ean,gtin,isbn,mpn,asin,upc code,barcode number,ean code,manufacturer part number,part number,serial number,imei,model,model number,model name,hs code,hs tariff code,tariff code,harmonized system code,edition,batch number,lot number,tracking number,order number,invoice number,vin,version",
  "~person": "email,e mail,email address,phone,phone number,mobile,telephone,mobile number,contact number,first name,last name,full name,your name,user name,username,display name,nickname,contact name,contact,seller name,buyer name,recipient,store name,shop name,company,company name,business name,legal name,surname,middle name,account name,profile name,bio,about me,about you,about seller,about shop,newsletter,subscribe,birthday,date birth,age,gender,login,password,pin,security code,author,artist,name on card,contact email,contact phone,whatsapp,reply to,your email,your phone,website url,instagram,alias,host name,supplier,supplier name,distributor",
  "~address": "address,street,street address,address line,address line 1,address line 2,apartment,apt,suite,country,country origin,country of origin,country region,origin,region,state,province,state province,county,house number,billing address,cross street,latitude,longitude,ship to,deliver to,made in,country of manufacture,warehouse,warehouse location,shelf,bin,shelf location,bin location,storage location,storage bin,aisle,map,where shipping to,destination,billing zip,billing postal code,billing city,return address",
  "~package": "package size,parcel size,package type,=package,box size,packaging,shipping label,shipping carrier,carrier,shipping service,handling time,processing time,dispatch time,lead time,delivery time,delivery date,shipping class,shipping profile,shipping policy,return policy,return,payment policy,payment method,policy,shipping zone,ship to country,shipping note,delivery note,delivery instruction,shipping instruction,shipping template,mailing class,girth,shipping tier,dispatch day,irregular package,international shipping,shipping speed,handling day,shipping origin,ships to,package preset",
  "~measure": "chest,chest width,waist,hip,inseam,sleeve,sleeve length,shoulder,shoulder width,bust,rise,heel,heel height,inseam length,leg opening,measurement,bra size,cup size,strap,strap length,neck,neck size,ring size system,pit to pit,hem,collar,band size,dress length,skirt length,leg length,strap drop,handle drop,shaft height,calf width,chain length,outseam,torso length",
  "~style": "style,pattern,season,fit,closure,theme,occasion,feature,finish,size type,size system,size chart,size guide,size group,size unit,size category,size standard,font size,file size,screen size,storage size,page size,background color,text color,accent color,theme color,color theme,secondary color,second color,additional color,other color,secondary colour,color code,color name,hex color,color map,style code,sub category,subcategory,sub type,secondary category,second category,store category,shop category,type,product format,collection,section,shop section,vintage,year,year made,when made,decade,era,age group,audience,listing type,listing format,listing duration,duration,format,publish date,visibility,status,product status,availability,schedule,channel,sales channel,template,variant,option name,option value,variation,attribute,attribute name,attribute value,genre,platform,capacity,storage,memory,storage capacity,department store,lining,lining material,sole material,upper material,outer material,fabric care,frame material,material care,material origin,strap material,brand type,brand origin,brand story,tag type,category tag,language,theme template,product template,size label,grade,grading,certificate,authenticity,rating,review,priority,tax category,google category,google product category,seller category,condition grade,shade name,band color,finish color,frame color,lens color,strap color,dial color,interior color,exterior color,weight unit,unit weight,weight unit measure,weight class,weight range,dimension unit,length unit,size run,unit of measure,unit,units,net weight,carat weight,gem weight,metal weight,item count unit,dispatch from,compatible brand,brand compatibility,compatibility,compatible model",
  "~message": "message,comment,reply,note buyer,note to buyer,message buyer,thank you message,feedback,question,answer,ask question,review text,terms,terms condition,term and condition,terms and conditions,i agree,agree term,remember me,reason,gift message,announcement,message to seller,report,order note,customer note,note customer,purchase note",
} as const;

export type MeaningClass = keyof typeof VOCABULARY;

/** Words that say nothing about which field it is. */
export const SMALL_WORDS =
  "the,a,an,your,of,for,to,in,on,please,enter,select,choose,pick,add,optional,required,this,is,are,you,my,we,it,with,and,or,any,here,provide,give,write,s,e,g,eg,characters,character,be,can,do,will,that,would,apply,all,s";

/** Words whose options tell what a list is for. */
export const OPTION_WORDS: Partial<Record<MeaningClass, RegExp>> = {
  condition: /^(brand )?new\b|like new|\bused\b|pre-?owned|refurb|very good|^(excellent|good|fair|poor|acceptable|mint|worn|well worn|heavily used|gently used|lightly used|satisfactory|salvage|for parts.*|open box)\b/,
  colors: /^(black|white|red|blue|green|yellow|orange|purple|pink|brown|gr[ae]y|beige|gold|silver|navy|cream|tan|multi-?colou?r(ed)?|clear|other|teal|burgundy|khaki|turquoise|ivory|maroon|charcoal)$/,
  size: /^(xxs|xs|s|m|l|xl|xxl|2xl|3xl|4xl|one size|os|small|medium|large|x-large|x-small|extra (small|large)|(us|uk|eu) ?\d+(\.5)?)( \(.*\))?$/,
  shippingProfile: /\b(ship|shipping|delivery|pick ?up|pick-up|collection|meet ?up|in person)\b/,
  payer: /\b(buyer|seller|i( wi|')ll pay|i pay|free shipping|free)\b/,
  "~address": /^(united states|canada|germany|france|united kingdom|mexico|japan|alabama|alaska|california|texas|new york|usa?)$/,
  "~money": /^(usd|eur|gbp|cad|aud|jpy|us dollar|euro)\b/,
  "~person": /^(mr|mrs|ms|miss|dr|male|female)\.?$/,
  "~package": /^(usps|ups|fedex|dhl)\b|^(\d+-)?\d+ (business )?days?\b/,
  category: /^(clothing|electronics|home( (&|and) garden)?|furniture|books|toys|sports( (&|and) outdoors)?|vehicles|jewelry|women'?s?|men'?s?|kids|collectibles|beauty|shoes|accessories|pets?( supplies)?|musical instruments|art|baby|automotive|appliances|cameras.*)$|.+ (>|›|\/) .+/,
};

/** Headings that put everything under them out of play, and the class the field then is. */
export const CONTEXTS: [pattern: RegExp, meaning: MeaningClass, weight: number][] = [
  [/search engine|\bseo\b|meta(data| tag)|social (preview|sharing)|open graph/, "~metaTitle", 14],
  [/^(payment|billing|card)|payment (method|detail|info)|checkout|bank (account|detail)|payout/, "~money", 14],
  [/newsletter|subscribe|log ?in|sign ?(in|up)|create (an )?account|contact (us|the seller|seller)|seller profile|(edit|your|my) profile|about (the )?seller/, "~person", 14],
  [/^(your (details|contact)|contact|personal)|seller (info|details)/, "~person", 5],
  [/^search|^filter|find (items|products)|refine/, "~search", 14],
  [/^(product |item )?(variant|variation)s?\b|^options? \d|bulk edit|other listings|recent|wholesale|related/, "~style", 14],
  [/coupon|promotion|^discount/, "~code", 14],
  [/^(message|comment|ask|question|review|feedback|report)s?\b/, "~message", 14],
];
